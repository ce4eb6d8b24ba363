"""The bill of materials names everything that is installed and fetched, with its hashes."""

import importlib.util
import json
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from graph.embedded.jar_lock import bundled_lock
from tests.contract.test_house import REQUIREMENTS, ROOT


def made() -> Any:
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "requirements" / "sbom.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_pinned_package_and_every_jar_is_named_with_hashes() -> None:
    text = made().written()
    bill = json.loads(text)
    listed = {
        line.split()[0].split(";")[0]
        for line in REQUIREMENTS[0].read_text(encoding="utf-8").splitlines()
        if "==" in line.split("#")[0] and not line.startswith(" ")
    }
    told = {
        f"{one['name']}=={one['version']}" for one in bill["components"] if one.get("purl", "").startswith("pkg:pypi/")
    }
    assert told == listed
    jars = [one for one in bill["components"] if one.get("purl", "").startswith("pkg:maven/")]
    assert len(jars) == len(bundled_lock().jars)
    assert all(one["hashes"] for one in bill["components"] if "purl" in one)
    edges = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    assert any("fastapi" in ref for ref in edges["pentad"])
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
