"""Python classes of the messages, generated from the .proto files. Needs the Python package grpcio-tools."""

import importlib
import os
import sys
import tempfile

from grpc_tools import protoc


def load_messages():
    """Generates Python classes of the .proto files into a folder that is thrown away."""
    protos = os.path.join(os.path.dirname(__file__), "../../../Shared/C/CEightfoldWire/proto")
    names = ["envelope", "items", "session", "work"]
    with tempfile.TemporaryDirectory() as folder:
        sources = [f"{name}.proto" for name in names]
        if protoc.main(["protoc", f"-I{protos}", f"--python_out={folder}", *sources]) != 0:
            print(f"The .proto files in {protos} could not be compiled.", file=sys.stderr)
            sys.exit(2)
        sys.path.insert(0, folder)
        return [importlib.import_module(f"{name}_pb2") for name in names]
