"""Traces for OpenTelemetry: one span a request, below that of the caller where it sent a `traceparent`.

Only where a collector is set (OTLP over HTTP) and the extra `otel` is installed. A span bears route, method, status and
request id, as the access log does; never a path's values, the query or a key.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from graph.errors import Unavailable


class Spans:
    """Makes spans and sends them on, in a thread of the library's own. Closed at the end."""

    def __init__(self, url: str, version: str) -> None:
        if find_spec("opentelemetry.exporter.otlp.proto.http") is None:
            raise Unavailable("traces are sent where the extra `otel` is installed: pip install 'pentad[otel]'")
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        resource = Resource.create({"service.name": "pentad", "service.version": version})
        self._provider = TracerProvider(resource=resource)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url)))
        self._tracer = self._provider.get_tracer("pentad")

    @contextmanager
    def request(self, method: str, headers: Mapping[str, str]) -> Generator[Any]:
        """The span of one request; `told` completes it."""
        from opentelemetry.propagate import extract
        from opentelemetry.trace import SpanKind

        with self._tracer.start_as_current_span(method, extract(headers), SpanKind.SERVER) as span:
            yield span

    @staticmethod
    def told(span: Any, method: str, route: str, status: int, request_id: str) -> None:
        """What is known at the end of a request, by the names of the semantic conventions."""
        from opentelemetry.trace import StatusCode

        span.update_name(f"{method} {route}")
        span.set_attributes(
            {
                "http.request.method": method,
                "http.route": route,
                "http.response.status_code": status,
                "pentad.request_id": request_id,
            }
        )
        if status >= 500:
            span.set_status(StatusCode.ERROR)

    def close(self) -> None:
        """Sends what is left."""
        self._provider.shutdown()
