"""Parses every C# source and every project file below a folder. Usage: check_dotnet.py FOLDER"""

import sys
from pathlib import Path
from xml.etree import ElementTree

import tree_sitter_c_sharp
from tree_sitter import Language, Parser

parser = Parser(Language(tree_sitter_c_sharp.language()))
folder = Path(sys.argv[1])
sources = sorted(folder.rglob("*.cs"))
projects = sorted(folder.rglob("*.csproj"))
wrong = [file for file in sources if parser.parse(file.read_bytes()).root_node.has_error]
for project in projects:
    ElementTree.parse(project)
if wrong or not sources or not projects:
    sys.exit(f"no C#: {wrong or 'no source or project at all'}")
print(f"dotnet: {len(sources)} sources parsed, {len(projects)} project read")
