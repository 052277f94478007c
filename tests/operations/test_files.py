"""The files of `deploy/`: that they are whole, agree with the code, and are what the page names."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

import manage
from casebase.metrics import recorded, standing
from literature.importers import limits
from literature.views import texts
from literature.views.imports import adding
from patients.images import limits as image_limits
from tests.operations import blocks
from tests.operations.blocks import PAGE

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
NGINX = (DEPLOY / "nginx" / "casebase.conf").read_text()
UNITS = sorted((DEPLOY / "systemd").iterdir())
MEGABYTE = 1024 * 1024


def test_every_block_of_the_page_is_a_command_that_the_run_through_types():
    found = blocks.blocks()
    assert {block.language for block in found} == {"sh"}
    assert PAGE.read_text().count("```") == 2 * len(found)


def test_every_file_that_the_page_names_is_there():
    named = re.findall(r"\]\((?!http)([^)#]+)", PAGE.read_text())
    assert named
    assert [name for name in named if not (PAGE.parent / name).exists()] == []


def test_the_packages_are_those_that_make_test_installs():
    installed = set(re.search(r"apt-get install --yes (.+)", PAGE.read_text())[1].split())
    recipe = re.search(r"^SERVER_PACKAGES := (.+)$", (ROOT / "Makefile").read_text(), re.M)
    assert set(recipe[1].split()) == installed


def test_every_file_but_the_monitoring_is_put_in_its_place():
    script = (DEPLOY / "bin" / "place-files").read_text()
    left = {path.relative_to(DEPLOY).as_posix() for path in DEPLOY.rglob("*") if path.is_file()} - {
        "bin/place-files"
    }
    placed = set(re.findall(r"place ([a-z][\w./-]+) ", script))
    placed |= {f"systemd/{unit.name}" for unit in UNITS}
    by_address = {name for name in left if name.startswith(("nginx/errors/", "prometheus/"))}
    assert left - by_address == placed


def test_the_commands_of_the_owner_are_those_of_manage_py():
    script = (DEPLOY / "bin" / "casebase-manage").read_text()
    listed = re.search(r"^ +(load_cases [^)]+)\) account=casebase ;;", script, re.M)
    assert set(listed[1].split(" | ")) == manage.OWNER_COMMANDS | {"backups"}


@pytest.mark.parametrize("script", sorted((DEPLOY / "bin").iterdir()), ids=lambda path: path.name)
def test_scripts_are_read_by_a_plain_shell(script):
    assert script.stat().st_mode & 0o111
    done = subprocess.run(["sh", "-n", script], capture_output=True, text=True)
    assert done.stderr == ""


def size_at(location: str) -> int:
    found = re.search(rf"location {re.escape(location)} {{\s+client_max_body_size (\d+)m;", NGINX)
    return int(found[1]) * MEGABYTE


@pytest.mark.parametrize(
    ("location", "taken"),
    [
        ("= /references/add/", limits.MAX_BYTES + adding.BESIDE_THE_FILE),
        ("/api/v1/imports/", limits.MAX_BYTES + adding.BESIDE_THE_FILE),
        ("/api/v1/images/", image_limits.MAX_UPLOAD + image_limits.BESIDE_THE_FILE),
        (
            "~ ^/cases/[^/]+/edit/images/for/",
            image_limits.MAX_UPLOAD + image_limits.BESIDE_THE_FILE,
        ),
        ("~ ^/references/[^/]+/texts/add/$", texts.MAX_FILE + texts.BESIDE_THE_FILE),
    ],
)
def test_the_proxy_takes_what_casebase_takes_and_little_more(location, taken):
    assert taken <= size_at(location) <= taken + 2 * MEGABYTE


def test_elsewhere_the_proxy_takes_what_a_form_may_have(settings):
    (size,) = re.findall(r"^    client_max_body_size (\d+)m;", NGINX, re.M)
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert most <= int(size) * MEGABYTE <= 2 * most


def test_no_folder_of_the_site_is_served_past_it():
    folders = re.findall(r"^\s+(?:root|alias) (\S+);", NGINX, re.M)
    assert folders
    known = ("/var/www/casebase-acme", "/srv/casebase/current/deploy/nginx/errors/")
    assert [folder for folder in folders if not folder.startswith(known)] == []


def test_nothing_that_was_searched_for_is_logged():
    (form,) = re.findall(r"^log_format casebase (.*?);\n", NGINX, re.M | re.S)
    for name in ("$request ", "$request_uri", "$args", "$query_string", "$http_referer", "$uri"):
        assert name not in form.replace('"', " ")


def test_the_alerts_ask_for_what_is_said():
    rules = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text())
    asked = {
        name
        for rule in rules["groups"][0]["rules"]
        for name in re.findall(r"casebase_[a-z_]+", rule["expr"])
    }
    code = "".join(Path(module.__file__).read_text() for module in (recorded, standing))
    said = set(re.findall(r'"(casebase_[a-z_]+)"', code))
    said |= {f"{name}_total" for name in said} | {f"{name}_bucket" for name in said}
    assert asked
    assert asked - said == set()
    scrape = yaml.safe_load((DEPLOY / "prometheus" / "scrape.yml").read_text())
    assert scrape["scrape_configs"][0]["metrics_path"] == "/metrics"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_knows_every_line_of_the_units():
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *UNITS],
        capture_output=True, text=True,
    )  # fmt: skip
    # The programs are where the page puts them, which is not here.
    wrong = [line for line in done.stderr.splitlines() if "/deploy/systemd/" in line]
    assert wrong == []
    unknown = [line for line in done.stderr.splitlines() if "Unknown" in line]
    assert unknown == []


@pytest.mark.parametrize("unit", [u for u in UNITS if u.suffix == ".service"], ids=lambda u: u.name)
def test_no_unit_runs_as_root_or_may_become_it(unit):
    text = unit.read_text()
    assert re.search(r"^User=casebase(_web)?$", text, re.M)
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "UMask=0077"):
        assert f"\n{line}\n" in text
    assert "\nCapabilityBoundingSet=" in text
