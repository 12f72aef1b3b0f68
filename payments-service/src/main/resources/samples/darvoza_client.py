"""Signs requests to Darvoza payments and checks its callbacks. Standard library only."""

import base64
import hashlib
import hmac
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid


def canonical_query(query):
    pairs = []
    for part in query.split("&"):
        if part:
            name, _, value = part.partition("=")
            pairs.append(tuple(
                urllib.parse.quote(urllib.parse.unquote_to_bytes(text), safe="-._~") for text in (name, value)))
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))


def signed_headers(key_id, secret_hex, method, target, body, timestamp=None, nonce=None):
    """The four headers. target is path and query exactly as they are sent, body the bytes that are sent."""
    path, _, query = target.partition("?")
    timestamp = str(timestamp or int(time.time()))
    nonce = nonce or str(uuid.uuid4())
    text = "\n".join([
        "KPR1-HMAC-SHA256", method.upper(), path, canonical_query(query), timestamp, nonce,
        hashlib.sha256(body).hexdigest()])
    signature = hmac.new(bytes.fromhex(secret_hex), text.encode(), hashlib.sha256).hexdigest()
    return {"X-Key-Id": key_id, "X-Timestamp": timestamp, "X-Nonce": nonce, "X-Signature": "v1=" + signature}


def call(url, token, key_id, secret_hex, method, target, body):
    """Sends a signed request: status and body of the answer."""
    headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json",
               **signed_headers(key_id, secret_hex, method, target, body)}
    request = urllib.request.Request(url + target, data=body or None, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=15) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def is_genuine(secret, message_id, timestamp, signatures, body, now=None, tolerance=300):
    """Whether a callback is ours and of now. body are the bytes as they arrived."""
    if not timestamp.isdecimal() or abs((now or time.time()) - int(timestamp)) > tolerance:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = message_id.encode() + b"." + timestamp.encode() + b"." + body
    expected = base64.b64encode(hmac.new(key, text, hashlib.sha256).digest())
    given = [part[3:] for part in signatures.split(" ") if part.startswith("v1,")]
    return any(hmac.compare_digest(expected, one.encode()) for one in given)


def main(arguments):
    env = os.environ
    body = sys.stdin.buffer.read()
    if arguments[0] == "sign":
        headers = signed_headers(env["DARVOZA_KEY_ID"], env["DARVOZA_SECRET_HEX"], arguments[1], arguments[2], body,
                                 env.get("DARVOZA_TIMESTAMP"), env.get("DARVOZA_NONCE"))
        print("\n".join(f"{name}: {value}" for name, value in headers.items()))
    elif arguments[0] == "call":
        status, text = call(env["DARVOZA_URL"], env["DARVOZA_TOKEN"], env["DARVOZA_KEY_ID"],
                            env["DARVOZA_SECRET_HEX"], arguments[1], arguments[2], body)
        print(status)
        print(text)
    elif arguments[0] == "verify":
        now = env.get("WEBHOOK_NOW")
        good = is_genuine(env["WEBHOOK_SECRET"], env["WEBHOOK_ID"], env["WEBHOOK_TIMESTAMP"],
                          env["WEBHOOK_SIGNATURE"], body, int(now) if now else None)
        print("genuine" if good else "refused")


if __name__ == "__main__":
    main(sys.argv[1:])
