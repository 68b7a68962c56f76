"""Holds the packages of all languages to be one release. Usage: artefacts.py FOLDER VERSION"""

import re
import sys
import tarfile
import zipfile
from pathlib import Path

dist, version = Path(sys.argv[1]), sys.argv[2]
FIELD = re.compile(r"^Version: (.*)$", re.MULTILINE)


def the(pattern):
    """The only file of this name."""
    found = list(dist.glob(pattern))
    if len(found) != 1:
        sys.exit(f"expected one {pattern}, got {[str(file) for file in found]}")
    return found[0]


def inside(archive, ending):
    """Contents of the only member with this ending."""
    if archive.suffix == ".gz":
        with tarfile.open(archive) as members:
            names = [name for name in members.getnames() if name.endswith(ending)]
            contents = [members.extractfile(name).read() for name in names]
    else:
        with zipfile.ZipFile(archive) as members:
            contents = [members.read(name) for name in members.namelist() if name.endswith(ending)]
    if len(contents) != 1:
        sys.exit(f"expected one {ending} in {archive}, got {len(contents)}")
    return contents[0]


def count(archive, ending):
    with zipfile.ZipFile(archive) as members:
        return sum(name.endswith(ending) for name in members.namelist())


def tarball_version(tarball):
    with tarfile.open(tarball) as members:
        return re.search(r'"version": "(.*?)"', members.extractfile("package/package.json").read().decode())[1]


npm = the("js/*.tgz")
wheel, sdist = the("python/*.whl"), the("python/*.tar.gz")
java = f"java/**/serverless-csv-etl-{version}"
jar, sources, javadoc, pom = (the(java + end) for end in (".jar", "-sources.jar", "-javadoc.jar", ".pom"))
module = the("go/serverlesscsvetl/go.mod").parent

versions = {
    npm: tarball_version(npm),
    wheel: FIELD.search(inside(wheel, ".dist-info/METADATA").decode())[1],
    sdist: FIELD.search(inside(sdist, f"{version}/PKG-INFO").decode())[1],
    pom: re.search(r"<version>(.*?)</version>", pom.read_text())[1],
    module: (module / "version").read_text().strip(),
}
wrong = {str(place): other for place, other in versions.items() if other != version}
if wrong:
    sys.exit(f"expected version {version}, got {wrong}")

tarball = npm.read_bytes()
copies = {
    wheel: inside(wheel, ".tgz"),
    sdist: inside(sdist, ".tgz"),
    jar: inside(jar, ".tgz"),
    module: next((module / "jsii").glob("*.tgz")).read_bytes(),
}
other = [str(place) for place, copy in copies.items() if copy != tarball]
if other:
    sys.exit(f"the tarball differs from npm's in {other}")

classes, documented, written = count(jar, ".class"), count(javadoc, ".html"), count(sources, ".java")
if not (classes and written and documented > written):
    sys.exit(f"{classes} classes, {written} sources and {documented} pages of javadoc do not belong together")

for file in (npm, wheel, sdist, jar, sources, javadoc):
    print(f"{file.stat().st_size:>10,} bytes  {file.relative_to(dist)}")
print(f"version {version} and the same tarball in all of them")
