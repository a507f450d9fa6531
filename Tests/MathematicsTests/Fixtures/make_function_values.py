#!/usr/bin/env python3
"""Writes function_values.json: what mpmath computes of elementary functions at rational arguments, to 120 digits.

usage: make_function_values.py (with Python's mpmath 1.3.0)
"""

import json
import pathlib
import random
from fractions import Fraction

import mpmath

DIGITS = 120
mpmath.mp.dps = 400  # enough for arguments within 2^-80 of a zero or a pole


def fraction(generator, low, high, digits=6):
    """A rational number between two powers of ten, with a denominator of so many digits."""
    below = generator.randrange(10 ** (digits - 1), 10**digits)
    magnitude = 10 ** generator.uniform(low, high)
    return Fraction(max(1, round(magnitude * below)), below)


def near(value, generator):
    """A rational number near a real one, as near as a random denominator of up to 12 digits allows."""
    below = generator.randrange(1, 10 ** generator.randrange(1, 13))
    return Fraction(int(mpmath.nint(value * below)), below)


def arguments(generator):
    """Yields name, parameter or None, argument."""

    def signed(number):
        return number * generator.choice([1, -1])

    for name in ["sin", "cos", "tan"]:
        for _ in range(6):
            yield name, None, signed(fraction(generator, -3, 3))
        for _ in range(2):
            yield name, None, signed(fraction(generator, 5, 9.6))
        for _ in range(4):
            yield name, None, signed(near(generator.randrange(1, 10**6) * mpmath.pi / 2, generator))
        yield name, None, signed(fraction(generator, -40, -20, 30))
        yield name, None, signed(fraction(generator, -200, -150, 30))
    for _ in range(10):
        yield "exp", None, signed(fraction(generator, -3, 2))
    for _ in range(3):
        yield "exp", None, signed(fraction(generator, 3, 4))
        yield "exp", None, signed(fraction(generator, -60, -10, 30))
    for _ in range(8):
        yield "log", None, fraction(generator, -3, 5)
    for _ in range(4):
        yield "log", None, fraction(generator, -300, 300, 40)
        yield "log", None, 1 + signed(fraction(generator, -25, -1, 40))
        yield "log", None, near(1, generator) + Fraction(1, generator.randrange(100, 2000))
    yield "log", None, Fraction(1, 2)
    yield "log", None, Fraction(2)
    for _ in range(8):
        yield "atan", None, signed(fraction(generator, -3, 3))
    for _ in range(4):
        yield "atan", None, 1 + signed(fraction(generator, -25, -1, 40))
        yield "atan", None, signed(fraction(generator, -200, 200, 40))
    yield "atan", None, Fraction(1)
    for name in ["asin", "acos"]:
        for _ in range(8):
            yield name, None, signed(fraction(generator, -3, 0)) % 1
        for _ in range(4):
            yield name, None, signed(1 - fraction(generator, -25, -1, 40))
            yield name, None, signed(fraction(generator, -100, -1, 40))
        yield name, None, Fraction(1, 2)
        yield name, None, Fraction(-1)
    for degree in [2, 3, 4, 5, 7, 8, 9, 17, 1000]:
        for _ in range(3):
            number = fraction(generator, -4, 6)
            yield "root", degree, number if degree % 2 == 0 else signed(number)
        yield "root", degree, fraction(generator, -300, 300, 40)
        yield "root", degree, Fraction(generator.randrange(2, 1000))
    for exponent in [-1000, -3, 2, 13, 10**4]:
        for _ in range(2):
            yield "power", exponent, signed(fraction(generator, -0.5, 0.5))


def value(name, parameter, argument):
    number = mpmath.mpf(argument.numerator) / argument.denominator
    if name == "root":
        magnitude = mpmath.root(abs(number), parameter)
        return magnitude if number > 0 else -magnitude
    if name == "power":
        return number**parameter
    return getattr(mpmath, name)(number)


def main():
    generator = random.Random(2004)
    values = []
    for name, parameter, argument in arguments(generator):
        entry = {"function": name, "argument": f"{argument.numerator}/{argument.denominator}"}
        if parameter is not None:
            entry["parameter"] = parameter
        result = value(name, parameter, argument)
        # Digits and an exponent of ten, so that a reader needs no more than integers.
        exponent = int(mpmath.floor(mpmath.log10(abs(result)))) - DIGITS + 1 if result else 0
        with mpmath.workdps(mpmath.mp.dps + abs(exponent)):
            entry["digits"] = str(int(mpmath.nint(value(name, parameter, argument) / mpmath.mpf(10) ** exponent)))
        entry["exponent"] = exponent
        values.append(entry)
    lines = ",\n".join("  " + json.dumps(entry) for entry in values)
    pathlib.Path(__file__).with_name("function_values.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
