"""The JSON API under /api/v1."""

from flask import Flask
from flask_limiter import Limiter


def register(app: Flask, limiter: Limiter) -> None:
    pass
