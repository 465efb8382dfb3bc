"""Finds the proxy that a request goes through, so that an error can name it."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

PROXY_LOGIN_HINT = "Put the user name and password into the address of the proxy, as in http://user:password@host:port."


def describe_proxy(url: str) -> str:
    """Return the description of the proxy for a URL, without its user name and password.

    httpx takes proxies from the environment unless the caller's `http_client` has its own.
    """
    address = _proxy_address(url)
    return f"the proxy {address}" if address else "the proxy of http_client"


def _proxy_address(url: str) -> str | None:
    parts = urlsplit(url)
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(parts.netloc):
        return None
    try:
        address = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        host = f"[{address.hostname}]" if ":" in (address.hostname or "") else address.hostname
        return f"{address.scheme}://{host}" + (f":{address.port}" if address.port else "")
    except ValueError:
        return None
