#!/usr/bin/env python3
"""The mean of each class, and the distance from it: a model family in plain Python, for Winnow's model `program`."""
import array
import ast
import json
import pathlib
import struct
import sys

TYPES = {"|u1": "B", "<f4": "f", "<i4": "i"}


def read(path):
    """The shape and the values of a NumPy file as Winnow writes it: version 1.0, little-endian, in C order."""
    data = path.read_bytes()
    start = 10 + struct.unpack("<H", data[8:10])[0]
    header = ast.literal_eval(data[10:start].decode())
    values = array.array(TYPES[header["descr"]])
    values.frombytes(data[start:])
    return header["shape"], values


def write(path, rows):
    """Rows of equal length in single precision."""
    header = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }" % (len(rows), len(rows[0]))
    header += " " * (63 - (10 + len(header)) % 64) + "\n"
    values = array.array("f", [value for row in rows for value in row])
    path.write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + values.tobytes())


def samples(path):
    shape, values = read(path)
    width = len(values) // max(shape[0], 1)
    return [[value / 255 for value in values[i * width : (i + 1) * width]] for i in range(shape[0])]


directory = pathlib.Path(sys.argv[1])
request = json.loads((directory / "request.json").read_text())
training = samples(directory / request["training"]["samples"])
labels = read(directory / request["training"]["labels"])[1]

width = len(training[0])
sums = [[0.0] * width for _ in range(request["classes"])]
counts = [0] * request["classes"]
for row, label in zip(training, labels):
    counts[label] += 1
    for place, value in enumerate(row):
        sums[label][place] += value
means = [[value / count for value in row] if count else None for row, count in zip(sums, counts)]


def logit(row, mean):
    if mean is None:
        return -1e6
    return -sum((a - b) ** 2 for a, b in zip(row, mean))


for asked in request["sets"]:
    rows = samples(directory / asked["samples"])
    write(directory / asked["logits"], [[logit(row, mean) for mean in means] for row in rows])
