"""Runs scripts through python3-winrm, one connection each, and prints what came back as one JSON line.

The cases come on standard input: [{"url", "user", "password", "transport", "ca", "encryption", "cbt", "script"}].
"""

import json
import sys

import winrm


def run(case):
    session = winrm.Session(
        case["url"],
        auth=(case["user"], case["password"]),
        transport=case["transport"],
        ca_trust_path=case.get("ca"),
        cert_pem=case.get("certificate"),
        cert_key_pem=case.get("key"),
        message_encryption=case.get("encryption", "auto"),
        send_cbt=case.get("cbt", True),
    )
    try:
        answer = session.run_ps(case["script"])
    except Exception as error:
        return {"error": type(error).__name__, "text": str(error)}
    return {"status": answer.status_code, "out": answer.std_out.decode("utf-8")}


print(json.dumps([run(case) for case in json.load(sys.stdin)]))
