#!/usr/bin/env python3
"""publish_probe.py REGISTRY_URL TOPIC KCAT_OPTIONS... < result.json: Avro in Confluent's wire format, sent by kcat."""
import json, subprocess, sys, tempfile, urllib.request

NAMED = {}  # schemas met so far; later ones name them


def varint(number):
    """Avro's int and long: zigzag, so that small numbers of either sign are short, 7 bits a byte."""
    rest, out = (number << 1) ^ (number >> 63), bytearray()
    while rest > 0x7F:
        out.append(rest & 0x7F | 0x80)
        rest >>= 7
    return bytes(out + bytes([rest]))


def encode(schema, value):
    if isinstance(schema, list):  # a union: the branch's number, then its value; here null or one other type
        branch = next(i for i, option in enumerate(schema) if (option == "null") == (value is None))
        return varint(branch) + (b"" if value is None else encode(schema[branch], value))
    if isinstance(schema, str):
        schema = NAMED.get(schema.split(".")[-1], {"type": schema})
    if "name" in schema:
        NAMED[schema["name"].split(".")[-1]] = schema
    kind = schema["type"]
    if kind == "record":  # its fields in the schema's order; what is not given takes the schema's default
        return b"".join(encode(field["type"], value[field["name"]] if field["name"] in value else field["default"])
                        for field in schema["fields"])
    if kind == "enum":
        return varint(schema["symbols"].index(value))
    if kind == "array":  # a block of items, then the empty block
        items = b"".join(encode(schema["items"], item) for item in value)
        return (varint(len(value)) + items if value else b"") + b"\0"
    return varint(len(value.encode())) + value.encode() if kind == "string" else varint(value)


registry, topic, kcat_options = sys.argv[1], sys.argv[2], sys.argv[3:]
subject = f"{topic}-io.evenkeel.events.avro.ProbeResult"
with urllib.request.urlopen(f"{registry.rstrip('/')}/subjects/{subject}/versions/latest", timeout=10) as answer:
    latest = json.load(answer)
result = json.load(sys.stdin)
with tempfile.NamedTemporaryFile() as message:  # a file, not a pipe: kcat splits what it reads from a pipe at newlines
    message.write(b"\0" + latest["id"].to_bytes(4, "big") + encode(json.loads(latest["schema"]), result))
    message.flush()
    subprocess.run(["kcat", "-P", "-t", topic, "-k", result["cluster"], *kcat_options, message.name], check=True)
