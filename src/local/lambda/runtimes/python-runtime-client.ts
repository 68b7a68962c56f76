/**
 * Starts AWS's runtime interface client for Python so that nothing leaves the machine: an audit hook (PEP 578), which
 * no code can take away again, refuses names and addresses of others before they are looked up or connected to.
 */
export const PYTHON_RUNTIME = String.raw`import errno
import os
import re
import runpy
import sys

LOOPBACK = re.compile(r"^(localhost|127(\.\d+){3}|::1|)$")


def stay_here(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        # Sockets of the Unix domain have paths.
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    else:
        return
    if isinstance(host, (bytes, bytearray)):
        host = bytes(host).decode(errors="replace")
    if isinstance(host, str) and not LOOPBACK.match(host):
        message = "the local run connects to this machine only, not to " + host
        raise ConnectionRefusedError(errno.ECONNREFUSED, message)


sys.addaudithook(stay_here)
sys.path[0] = os.getcwd()
sys.argv = ["awslambdaric", os.environ["_HANDLER"]]
runpy.run_module("awslambdaric", run_name="__main__", alter_sys=True)
`;
