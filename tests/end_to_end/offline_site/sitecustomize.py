"""Loaded by a child process of the tests before anything else: refuses every connection off this machine."""

import socket

_connect = socket.socket.connect
_getaddrinfo = socket.getaddrinfo
LOOPBACK = ("127.", "::1", "localhost")


def connect(self, address):
    if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
        raise SystemExit(f"NETWORK: connect to {address!r}")
    return _connect(self, address)


def getaddrinfo(host, *args, **kwargs):
    if host is not None and not str(host).startswith(LOOPBACK):
        raise SystemExit(f"NETWORK: look-up of {host!r}")
    return _getaddrinfo(host, *args, **kwargs)


socket.socket.connect = connect
socket.getaddrinfo = getaddrinfo
