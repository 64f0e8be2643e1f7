"""An HTTP server on loopback that signs clients in and opens what they seal by MIT's GSS library alone.

What it opened it echoes; or it forwards it to a server behind it, and seals what that one answers.

Its one argument is JSON: {"mechanism": "kerberos" | "ntlm", "schemes": ["Negotiate"], "tls": {"certificate": FILE,
"key": FILE} | null, "bindingHash": hex | null, "strict": true: a sign-in that is not bound is refused, "forward":
{"port": of HTTPS on localhost, "authority": FILE, "authorization": header} | null}. It writes its port as one line, and
ends when its standard input does.
"""

import base64
import http.client
import json
import os
import re
import socket
import ssl
import struct
import sys
import threading

import gssapi
from gssapi.raw import ChannelBindings, IOV, IOVBufferType, unwrap_iov, wrap_iov

BOUNDARY = b"--Encrypted Boundary"
SOAP = "application/soap+xml;charset=UTF-8"
MECHANISMS = {"kerberos": "1.2.840.113554.1.2.2", "spnego": "1.3.6.1.5.5.2", "ntlm": "1.3.6.1.4.1.311.2.2.10"}

# A refusal has a token for the client, too, and is raised at once.
gssapi.SecurityContext.__DEFER_STEP_ERRORS__ = False


class Connection:
    """One socket: at most one context, which is lost with it."""

    def __init__(self, sock, settings):
        self.sock = sock
        self.file = sock.makefile("rb")
        self.settings = settings
        self.context = None
        self.scheme = None
        forward = settings["forward"]
        self.behind = forward and http.client.HTTPSConnection("localhost", forward["port"], context=forward["trust"])

    def serve(self):
        while True:
            head = self.read_head()
            if head is None:
                return
            headers = {}
            for line in head.split("\r\n")[1:]:
                name, _, value = line.partition(":")
                headers[name.strip().lower()] = value.strip()
            body = self.file.read(int(headers.get("content-length", "0")))
            authorization = headers.get("authorization")
            if authorization is not None:
                self.authenticate(authorization)
            elif self.context is not None and self.context.complete:
                self.message(headers.get("content-type", ""), body)
            else:
                self.answer(401, self.offers())

    def read_head(self):
        lines = []
        while True:
            line = self.file.readline()
            if line == b"":
                return None
            if line == b"\r\n":
                return "\r\n".join(lines)
            lines.append(line.decode("latin-1").rstrip("\r\n"))

    def offers(self):
        return [("WWW-Authenticate", scheme) for scheme in self.settings["schemes"]]

    def authenticate(self, authorization):
        scheme, _, token = authorization.partition(" ")
        if scheme not in self.settings["schemes"]:
            self.answer(401, self.offers())
            return
        if self.context is None or self.context.complete:
            self.scheme = scheme
            self.context = gssapi.SecurityContext(
                usage="accept", creds=self.credentials(scheme), channel_bindings=self.settings["bindings"]
            )
        try:
            output = self.context.step(base64.b64decode(token))
        except gssapi.exceptions.GSSError as error:
            self.context = None
            refusal = getattr(error, "token", None)
            said = f"{scheme} {base64.b64encode(refusal).decode()}" if refusal else scheme
            self.answer(401, [("WWW-Authenticate", said)])
            return
        if self.context.complete and self.settings["strict"] and not self.is_bound():
            self.context = None
            self.answer(401, self.offers())
            return
        said = [("WWW-Authenticate", f"{scheme} {base64.b64encode(output).decode()}")] if output else []
        self.answer(200 if self.context.complete else 401, said)

    def credentials(self, scheme):
        if self.settings["mechanism"] == "ntlm":
            return gssapi.Credentials(usage="accept", mechs=[oid("ntlm")])
        # The scheme Kerberos takes bare tokens and nothing else.
        return gssapi.Credentials(usage="accept", mechs=[oid("kerberos" if scheme == "Kerberos" else "spnego")])

    def is_bound(self):
        return gssapi.raw.RequirementFlag(0x800) in self.context.actual_flags

    def message(self, content_type, body):
        label = "Kerberos" if self.scheme == "Kerberos" else "SPNEGO"
        sealed = f"application/HTTP-{label}-session-encrypted"
        try:
            if self.settings["isPlain"]:
                plain = body
            elif f'protocol="{sealed}"' not in content_type:
                raise ValueError("another label")
            else:
                plain = self.unseal(sealed, body)
        except (ValueError, gssapi.exceptions.GSSError):
            self.answer(400, [])
            return
        status, said = self.echo(plain) if self.behind is None else self.forward(plain)
        if self.settings["isPlain"]:
            self.answer(status, [("Content-Type", SOAP)], said)
            return
        header, data = self.seal(said)
        multipart = b"".join(
            [
                BOUNDARY + b"\r\nContent-Type: " + sealed.encode() + b"\r\n",
                b"OriginalContent: type=" + SOAP.encode() + b";Length=%d\r\n" % len(said),
                BOUNDARY + b"\r\nContent-Type: application/octet-stream\r\n",
                struct.pack("<I", len(header)) + header + data + BOUNDARY + b"--\r\n",
            ]
        )
        declared = f'multipart/encrypted;protocol="{sealed}";boundary="Encrypted Boundary"'
        self.answer(status, [("Content-Type", declared)], multipart)

    def echo(self, plain):
        # gss-ntlmssp ends the name with a NUL.
        name = str(self.context.initiator_name).rstrip("\0")
        return 200, f"{name}{' bound' if self.is_bound() else ''}: ".encode() + plain

    def forward(self, plain):
        headers = {"Authorization": self.settings["forward"]["authorization"], "Content-Type": SOAP}
        self.behind.request("POST", "/wsman", plain, headers)
        answer = self.behind.getresponse()
        return answer.status, answer.read()

    def unseal(self, label, body):
        pattern = (
            rb"--Encrypted Boundary\r\nContent-Type: " + re.escape(label.encode()) + rb"\r\n"
            rb"OriginalContent: type=application/soap\+xml;charset=UTF-8;Length=(\d+)\r\n"
            rb"--Encrypted Boundary\r\nContent-Type: application/octet-stream\r\n"
        )
        head = re.match(pattern, body)
        if head is None or not body.endswith(BOUNDARY + b"--\r\n"):
            raise ValueError("not a sealed body")
        (length,) = struct.unpack_from("<I", body, head.end())
        start = head.end() + 4
        header = body[start : start + length]
        data = body[start + length : -len(BOUNDARY + b"--\r\n")]
        if len(header) != length:
            raise ValueError("cut off")
        if self.settings["mechanism"] == "ntlm":
            unwrapped = self.context.unwrap(header + data)
            plain, is_sealed = unwrapped.message, unwrapped.encrypted
        else:
            message = IOV((IOVBufferType.header, False, header), data, (IOVBufferType.padding, False, b""), std_layout=False)
            unwrapped = unwrap_iov(self.context, message)
            plain, is_sealed = message[1].value or b"", unwrapped.encrypted
        if not is_sealed or len(plain) != int(head[1]):
            raise ValueError("not sealed, or another length")
        return plain

    def seal(self, plain):
        if self.settings["mechanism"] == "ntlm":
            token = self.context.wrap(plain, True).message
            return token[:16], token[16:]
        message = IOV(IOVBufferType.header, plain, IOVBufferType.padding, std_layout=False)
        wrap_iov(self.context, message, confidential=True)
        return message[0].value, message[1].value + (message[2].value or b"")

    def answer(self, status, headers, body=b""):
        lines = [f"HTTP/1.1 {status} Witness", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers]
        self.sock.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body)


def oid(name):
    return gssapi.OID.from_int_seq(MECHANISMS[name])


def serve(sock, settings):
    try:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if settings["secure"] is not None:
            sock = settings["secure"].wrap_socket(sock, server_side=True)
        Connection(sock, settings).serve()
    except (OSError, ValueError, http.client.HTTPException):
        pass
    finally:
        sock.close()


def main():
    settings = json.loads(sys.argv[1])
    tls = settings.get("tls")
    settings["isPlain"] = tls is not None
    settings["secure"] = None
    if tls is not None:
        settings["secure"] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        settings["secure"].load_cert_chain(tls["certificate"], tls["key"])
    settings["strict"] = settings.get("strict", False)
    settings["forward"] = settings.get("forward")
    if settings["forward"] is not None:
        settings["forward"]["trust"] = ssl.create_default_context(cafile=settings["forward"]["authority"])
    binding = settings.get("bindingHash")
    settings["bindings"] = binding and ChannelBindings(
        application_data=b"tls-server-end-point:" + bytes.fromhex(binding)
    )
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    while True:
        sock, _ = listener.accept()
        threading.Thread(target=serve, args=(sock, settings), daemon=True).start()


main()
