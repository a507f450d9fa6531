"""Grading, written from docs/algorithms.md alone."""

import re


def answer_of(text, falls_back):
    """The integer on the last line that begins with ####; else, where it falls back, the last number."""
    answer = final_answer(text)
    return last_number(text) if answer is None and falls_back else answer


def final_answer(text):
    marked = [line[4:] for line in text.split("\n") if line.startswith("####")]
    return integer(marked[-1]) if marked else None


def last_number(text):
    """The last number, if it is an integer; for evaluations whose problems say LAST_NUMBER."""
    for run in reversed(list(re.finditer("[0-9.,]*[0-9]", text))):
        number = run.group().lstrip(",")
        before = text[: run.end() - len(number)]
        if not re.search(r"[A-Za-z_]\Z", before):
            sign = "-" if re.search(r"(^|[^A-Za-z_0-9)])[-\u2212]\Z", before) else ""
            return integer(sign + re.sub(r"[.]0+\Z", "", number))
    return None


def integer(text):
    """The integer in normal form, of any length; None if the text is none."""
    text = text.strip(" \t\r")
    if not re.fullmatch(r"[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)", text):
        return None
    digits = text.lstrip("+-").replace(",", "").lstrip("0") or "0"
    return "-" + digits if text.startswith("-") and digits != "0" else digits
