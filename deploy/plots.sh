#!/usr/bin/env bash
# Draws the plots of a study's report: deploy/plots.sh FOLDER makes NAME.svg and NAME.png of each NAME.vl.json in it, by Vega-Lite in a
# Python package of its own environment.
set -euo pipefail
# shellcheck source=deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[ -d "${1:-}" ] || fail "usage: plots.sh FOLDER, that of a study, for instance docs/studies/eight-fold."
place=$root/.build/plots
package=vl-convert-python==1.8.0
if ! "$place/bin/python" -c 'import vl_convert' 2>/dev/null; then
    python3 -m venv --clear "$place"
    "$place/bin/python" -m pip install --quiet --disable-pip-version-check "$package"
fi
"$place/bin/python" - "$1" <<'PLOTS'
import pathlib
import sys

import vl_convert

specifications = sorted(pathlib.Path(sys.argv[1]).glob("*.vl.json"))
if not specifications:
    sys.exit(f"There are no plots in {sys.argv[1]}. Write them first: eightfold study STUDY.yaml --report.")
for file in specifications:
    specification = file.read_text()
    stem = file.name.removesuffix(".vl.json")
    file.with_name(stem + ".svg").write_text(vl_convert.vegalite_to_svg(specification, vl_version="5.20"))
    file.with_name(stem + ".png").write_bytes(vl_convert.vegalite_to_png(specification, vl_version="5.20", scale=2))
    print(file.with_name(stem + ".svg"))
PLOTS
