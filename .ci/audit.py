"""python .ci/audit.py LOCK: known weaknesses of the locked packages; fails too where one could not be looked up.

pip-audit alone ends well for a package it could not look up. Needs the network, so it is not in .ci/run.
"""

import json
import subprocess
import sys
from pathlib import Path

AUDIT = ("uv", "tool", "run", "pip-audit==2.10.1")


def main(lock: str) -> int:
    """Print what is known about each package, and return 1 where anything is, or something is not known."""
    words = [
        "--requirement",
        lock,
        "--disable-pip",
        "--require-hashes",
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    command = [str(Path(sys.executable).parent / AUDIT[0]), *AUDIT[1:], *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"Nothing could be looked up: {done.stderr.strip()[-500:]}")
        return 1
    unknown = [
        f"{one['name']}: not looked up: {one['skip_reason']}" for one in packages if "skip_reason" in one
    ]
    weak = [
        f"{one['name']} {one['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no version yet'}"
        for one in packages
        for flaw in one.get("vulns", [])
    ]
    print(
        "\n".join(
            [
                *unknown,
                *weak,
                f"{len(packages)} packages, {len(weak)} known weaknesses, {len(unknown)} unknown.",
            ]
        )
    )
    return int(bool(unknown or weak or not packages))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
