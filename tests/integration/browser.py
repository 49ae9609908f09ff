"""A headless Chromium, driven through a pipe by its own protocol: no server, no port, no driver of another maker."""

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

AXE = sorted((Path(__file__).parents[2] / ".cache" / "browser").glob("axe-*.js"))
"""Where tools/browser.sh puts axe-core."""
CHROMIUM = shutil.which("chromium")
MISSING = "" if AXE and CHROMIUM else "no Chromium or no axe-core here: tools/browser.sh gets them"
_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"),
    *("--no-first-run", "--disable-extensions", "--disable-background-networking", "--remote-debugging-pipe"),
)


class Browser:
    """One page of one browser; ends with its ``with`` block."""

    def __init__(self, profile: Path) -> None:
        there, mine = os.pipe()
        theirs, here = os.pipe()[::-1]
        words = [str(CHROMIUM), *_OPTIONS, f"--user-data-dir={profile}", "about:blank"]
        # The protocol's pipes are descriptors 3 and 4, whatever numbers they have in this process.
        line = ["bash", "-c", f'exec "$@" 3<&{there} 4>&{theirs} 2>/dev/null', "bash", *words]
        self._process = subprocess.Popen(line, pass_fds=(there, theirs), stdout=subprocess.DEVNULL)
        os.close(there)
        os.close(theirs)
        self._to, self._from = os.fdopen(mine, "wb", buffering=0), os.fdopen(here, "rb")
        self._number, self._session = 0, ""
        self._events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._session = ""
        self.call("Browser.close")
        self._process.wait(20)
        self._to.close()
        self._from.close()

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """One command of the protocol, and its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": arguments}
        if self._session:
            message["sessionId"] = self._session
        self._to.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                return answer["result"]
            self._events.append(answer)

    def _receive(self) -> dict[str, Any]:
        data = bytearray()
        while (byte := self._from.read(1)) != b"\0":
            assert byte, "the browser has ended"
            data += byte
        return json.loads(data)

    def open(self, page: Path, *, width: int, dark: bool = False, media: str = "") -> None:
        """Show a file, ``width`` pixels wide."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])
        self._events.clear()
        self.call("Page.navigate", url=page.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self._events):
            self._events.append(self._receive())

    def evaluate(self, expression: str) -> Any:
        """What an expression comes to, or what its promise does; not bound by the page's own policy."""
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def complaints(self) -> list[str]:
        """What the browser logged of the page: what its policy refused, and what did not load."""
        self.evaluate("0")
        found = [event for event in self._events if event.get("method") == "Log.entryAdded"]
        return [event["params"]["entry"]["text"] for event in found]

    def violations(self) -> list[str]:
        """What axe-core finds wrong, one line each."""
        self.evaluate(AXE[-1].read_text(encoding="utf-8") + "; 0")
        found = self.evaluate(
            "axe.run({resultTypes: ['violations', 'incomplete']}).then(r => r.violations.map("
            "v => v.id + ': ' + v.help + ': ' + v.nodes.slice(0, 5).map(n => n.target).join(' | ')))"
        )
        return list(found)

    def screenshot(self, path: Path) -> None:
        """The whole page as a picture."""
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True, format="png")
        path.write_bytes(base64.b64decode(shot["data"]))
