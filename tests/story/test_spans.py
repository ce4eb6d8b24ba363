"""Traces reach a collector: one span a request, below the caller's, with nothing in it that a log would not say."""

import gzip
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from redis import Redis

from api.spans import Spans
from graph.database import Database
from graph.trending import Boards
from tests.loopback import Call, Reply, answering
from tests.story.test_api import served

CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def test_each_request_is_a_span_below_that_of_its_caller(graph: Database, redis_client: Redis) -> None:
    got: list[Call] = []

    def collect(call: Call) -> Reply:
        got.append(call)
        return Reply(b"", headers={"content-type": "application/x-protobuf"})

    with answering(collect) as port:
        spans = Spans(f"http://127.0.0.1:{port}/v1/traces", "0")
        with served(graph, Boards(redis_client), spans=spans) as api:
            api.get("/api/entities/secret-key-of-somebody?x=secret", headers={"traceparent": CALLER})
            api.get("/livez", headers={"x-request-id": "mine"})
        spans.close()
    found: dict[str, Any] = {}
    for call in got:
        body = gzip.decompress(call.body) if call.headers.get("Content-Encoding") == "gzip" else call.body
        assert b"secret" not in body
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            found |= {span.name: span for scope in resource.scope_spans for span in scope.spans}
    assert set(found) == {"GET /api/entities/{key}", "GET /livez"}
    assert found["GET /api/entities/{key}"].trace_id.hex() == CALLER.split("-")[1]
    assert found["GET /api/entities/{key}"].parent_span_id.hex() == CALLER.split("-")[2]
    told = {one.key: one.value for one in found["GET /livez"].attributes}
    assert told["http.response.status_code"].int_value == 200
    assert told["pentad.request_id"].string_value == "mine"
