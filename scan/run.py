"""Scan a running reading room: `python scan/run.py WAPITI`, with the program of Wapiti at that path.

A room of invented reports is served as it is to other machines, by TLS and with a token, and Wapiti walks over its pages and attacks every
form and parameter that it finds. Whatever it finds is printed, and the exit code is not 0; so also if it saw too little to have scanned
anything, or anything failed inside the room.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import trustme

from onrecord.article import Frame
from onrecord.record.opening import open_record

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.record.made import REGISTERED, make_actor, make_report
from tests.record.made_copies import make_copies
from tests.web.made_room import HOSTILE, KAYA, TOMAS

# The fixed rules. `ssrf` is not among them: it needs a server outside that is called back (tests/web/test_attacks.py has its cases).
MODULES = "cookieflags,crlf,csp,csrf,exec,file,http_headers,permanentxss,redirect,sql,upload,xss"
# In seconds, for a module.
MOST_S = 15
# Pages seen; fewer mean that the scanner did not get in.
FEWEST_PAGES = 15


def main() -> int:
    """Scan; gives the exit code."""
    wapiti = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="onrecord-scan-") as made:
        folder = Path(made)
        with serving(folder) as (address, token):
            told = scan(wapiti, address, token, folder)
        complaints = (folder / "room.log").read_text()
    findings = [(name, finding) for part in ("vulnerabilities", "anomalies") for name, found in told[part].items() for finding in found]  # fmt: skip
    for name, finding in findings:
        print(f"{name}: {finding['info']}\n  {finding['curl_command']}")
    pages = told["infos"]["crawled_pages_nbr"]
    print(f"{told['infos']['version']}: {pages} pages, {MODULES}; {len(findings)} findings")
    if pages < FEWEST_PAGES:
        print(f"fewer than {FEWEST_PAGES} pages were seen, so nothing was scanned")
    if "Traceback" in complaints:
        print(complaints)
    return 1 if findings or pages < FEWEST_PAGES or "Traceback" in complaints else 0


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, str]]:
    """A room that runs; gives its address and its token."""
    record, secret = folder / "scanned.db", secrets.token_urlsafe(32)
    fill(record)
    certificate = trustme.CA().issue_cert("127.0.0.1")
    certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    words = ["serve", "--port", "0", "--record", str(record), "--token"]
    words += ["--tls-cert", str(folder / "cert.pem"), "--tls-key", str(folder / "key.pem")]
    program = [sys.executable, "-c", "from onrecord.cli import main; main()", *words]
    with (
        (folder / "room.log").open("w") as log,
        subprocess.Popen(
            program,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env=os.environ | {"ONRECORD_TOKEN": secret},
        ) as room,
    ):
        assert room.stdout is not None
        try:
            yield room.stdout.readline().split()[0], secret
        finally:
            room.send_signal(signal.SIGINT)


def scan(wapiti: str, address: str, token: str, folder: Path) -> dict[str, dict]:
    """What Wapiti says of a room."""
    report = folder / "report.json"
    words = [wapiti, "--url", address, "--scope", "folder", "--module", MODULES]
    words += ["--header", f"Authorization: Bearer {token}", "--format", "json", "--output", str(report)]
    words += [
        "--depth",
        "3",
        "--max-links-per-page",
        "40",
        "--max-files-per-dir",
        "25",
        "--max-parameters",
        "15",
    ]
    words += ["--max-scan-time", "60", "--max-attack-time", str(MOST_S), "--tasks", "8", "--timeout", "10"]
    words += [
        "--flush-session",
        "--no-bugreport",
        "--store-session",
        str(folder),
        "--store-config",
        str(folder),
    ]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode or not report.exists():
        raise SystemExit(f"Wapiti failed ({done.returncode}):\n{re.sub(chr(27) + r'.*?m', '', done.stdout)}")
    return json.loads(report.read_text())


def fill(path: Path) -> None:
    """A record of invented reports, some of them hostile."""
    ana = make_actor("a1", "Ana Orpel", aliases=["Orpel"], country="KAZ", sector="GOV", registry=REGISTERED)
    hostile, analysis = make_report("hostile", make_actor("a1", HOSTILE, type=None), make_actor("a2", TOMAS))
    named = dict.fromkeys(("title", "outlet", "url", "origin"), HOSTILE)
    with open_record(path, create=True) as record:
        for report in [make_report("one", ana, make_actor("a2", KAYA)), *make_copies()]:
            record.add(*report, "m1")
        record.add(replace(hostile, frame=Frame(headline=HOSTILE), **named), analysis, "m1")


if __name__ == "__main__":
    sys.exit(main())
