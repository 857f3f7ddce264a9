"""The page on this machine alone: its files from memory, with the headers that keep it to itself."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from .site import PANE, PANE_POLICY, POLICY

HOST = "127.0.0.1"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".zip": "application/zip",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}

_ICONS = "icons/"


def headers(path: str) -> dict[str, str]:
    """Return the headers of a file: the pane in Excel has a policy of its own, and Office shows no icon that has a Cache-Control."""
    if path == PANE:
        return {**HEADERS, "Content-Security-Policy": PANE_POLICY}
    return {name: value for name, value in HEADERS.items() if name != "Cache-Control" or not path.startswith(_ICONS)}


def server(files: Mapping[str, bytes], port: int) -> ThreadingHTTPServer:
    """Return a server of the files on this machine's own address; raise OSError if the port is taken."""

    class Handler(BaseHTTPRequestHandler):
        """Answers from memory: no path leads to a file."""

        server_version, sys_version = "kgisheet", ""

        def do_GET(self) -> None:
            self._answer(True)

        def do_HEAD(self) -> None:
            self._answer(False)

        def _answer(self, whole: bool) -> None:
            path = unquote(urlsplit(self.path).path).lstrip("/") or "index.html"
            data = files.get(path)
            self.send_response(HTTPStatus.OK if data is not None else HTTPStatus.NOT_FOUND)
            body = data if data is not None else b"not found"
            kind = _TYPES.get(PurePosixPath(path).suffix, "application/octet-stream") if data is not None else "text/plain"
            for name, value in {**headers(path), "Content-Type": kind, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            if whole:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: a visit is nobody's business."""

    return ThreadingHTTPServer((HOST, port), Handler)
