"""The one place that reads the environment. Order: command-line flag, environment, TOML file, default."""

import os
from pathlib import Path
from typing import Any

from platformdirs import user_config_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from api.caching.options import CacheOptions
from graph.database import DatabaseOptions
from graph.embedded import EmbeddedOptions, default_cache_dir, default_data_dir
from graph.errors import InvalidInput
from graph.room import LEAST, SHARE
from ingest.pages.agent import AGENT


def config_file() -> Path:
    """The TOML file: PENTAD_CONFIG, else `config.toml` in the user's configuration folder."""
    return Path(os.environ.get("PENTAD_CONFIG") or user_config_path("pentad", appauthor=False) / "config.toml")


def _names(*names: str) -> AliasChoices:
    return AliasChoices(*names)


class Settings(BaseSettings):
    """Everything that can be set, with its default."""

    model_config = SettingsConfigDict(
        env_prefix="PENTAD_", extra="forbid", populate_by_name=True, use_attribute_docstrings=True
    )

    neo4j_uri: str | None = Field(None, validation_alias=_names("neo4j_uri", "NEO4J_URI"))
    """A Neo4j of one's own (bolt:// or neo4j:// …); without it Pentad starts one."""
    neo4j_user: str = Field("neo4j", validation_alias=_names("neo4j_user", "NEO4J_USER", "NEO4J_USERNAME"))
    """User of that Neo4j."""
    neo4j_password: SecretStr = Field(SecretStr(""), validation_alias=_names("neo4j_password", "NEO4J_PASSWORD"))
    """Password of that Neo4j."""
    neo4j_database: str = Field("neo4j", validation_alias=_names("neo4j_database", "NEO4J_DATABASE"))
    """Database of that Neo4j."""
    neo4j_open: bool = False
    """Whether that Neo4j is taken although LOAD CSV reads files or addresses there; else `/readyz` is 503."""
    redis_url: SecretStr | None = Field(None, validation_alias=_names("redis_url", "REDIS_URL"))
    """A Redis-protocol server of one's own (redis://:password@host:port/0); without it Pentad starts one."""
    data_dir: Path = Field(default_factory=default_data_dir)
    """Where the started servers keep data, logs and passwords."""
    cache_dir: Path = Field(default_factory=default_cache_dir)
    """Where fetched jars are kept."""
    api_host: str = "127.0.0.1"
    """Address the API listens on. Others than loopback need API keys (`pentad keys create`)."""
    api_port: int = Field(0, ge=0, le=65_535)
    """Port of the API; 0: the last one, else a free one."""
    api_workers: int = Field(1, ge=1, le=64)
    """Processes that answer on that port."""
    cache_memory: int = Field(64_000_000, ge=0)
    """Bytes of answers that one API process keeps; 0: it keeps none."""
    cache_seconds: float = Field(60.0, gt=0, le=60)
    """Seconds that a kept answer lives at most; it is dropped at once when what it shows changes."""
    cache_check: float = Field(1.0, gt=0, le=60)
    """Seconds between two questions to the graph for what other machines, or writers past Pentad, changed."""
    cache_redis: bool = True
    """Whether kept answers are shared in Redis, too."""
    bolt_port: int = Field(0, ge=0, le=65_535)
    """Port of the started Neo4j's Bolt."""
    http_port: int = Field(0, ge=0, le=65_535)
    """Port of the started Neo4j's Browser."""
    redis_port: int = Field(0, ge=0, le=65_535)
    """Port of the started Redis."""
    heap: str = Field("1g", pattern=r"^[1-9]\d*[kmgKMG]$")
    """Java heap of the started Neo4j."""
    page_cache: str = Field("512m", pattern=r"^[1-9]\d*[kmgKMG]$")
    """Page cache of the started Neo4j."""
    disk_least: int = Field(LEAST, ge=0)
    """Bytes kept free on the disk of the started servers: below, nothing is taken in."""
    disk_share: float = Field(SHARE, ge=0, le=1)
    """Share of that disk that counts where it is less: what is kept free of a small one."""
    maven_mirror: str | None = None
    """Address of a Maven repository to fetch Neo4j's jars from instead of Central."""
    offline: bool = False
    """Never fetch anything: what is not cached is an error."""
    cursor_secret: SecretStr | None = None
    """Signs page cursors; without it a random one is kept in the data folder."""
    jwt_issuer: str = ""
    """Issuer whose tokens (OAuth 2 JWT) are taken beside API keys, as their `iss` says it; without it none are."""
    jwt_audience: str = ""
    """Whom such a token must be meant for, as its `aud` says it."""
    jwt_jwks_url: str = ""
    """Address of the issuer's public keys; else `/.well-known/jwks.json` below the issuer."""
    jwt_scopes: str = ""
    """What words of a token's `scope` open, as a JSON object; else `pentad:read`, `pentad:write` and so on."""
    jwt_reader_claim: str = ""
    """Claim that names the reader whose doors alone a token opens."""
    rate_reads: int = Field(6_000, ge=0)
    """Requests a minute that read, for each key from each address; 0: as many as one likes."""
    rate_writes: int = Field(6_000, ge=0)
    """Requests a minute that change something, for each key from each address; 0: as many as one likes."""
    otel_url: str = ""
    """Where a collector takes OpenTelemetry traces (OTLP over HTTP, `…/v1/traces`); without it none are sent."""
    follow_seconds: float = Field(2.0, gt=0)
    """Period in which the API process brings boards and co-mentions up to date."""
    job_threads: int = Field(2, ge=1, le=64)
    """Jobs that one worker does at a time."""
    job_lease: float = Field(120.0, ge=1)
    """Seconds after which a job goes back to its queue when its worker fell silent."""
    job_silence: float = Field(600.0, ge=1)
    """Seconds for which a job may tell no progress before it is taken for stuck and its lease let go."""
    job_sweep: float = Field(10.0, gt=0)
    """Period in which the beat looks for forgotten jobs and for schedules that are due."""
    job_attempts: int = Field(3, ge=1)
    """Attempts at a job before it is a dead letter."""
    job_backoff: float = Field(10.0, gt=0)
    """Seconds before the second attempt, give or take half; six times as long before the third."""
    schedule_speed: float = Field(1.0, ge=1)
    """Divides the periods of all schedules, down to a second: for tests."""
    fetch_allow: str = ""
    """Hosts that may be fetched from and delivered to although they are private, `host:port`, commas between."""
    fetch_timeout: float = Field(10.0, gt=0)
    """Seconds that one fetch may take altogether."""
    fetch_wire_limit: int = Field(5_000_000, ge=1_000)
    """Bytes that one fetch may bring."""
    fetch_unpacked_limit: int = Field(20_000_000, ge=1_000)
    """Bytes that these may come to when unpacked."""
    fetch_redirects: int = Field(5, ge=0, le=20)
    """Redirects that one fetch follows."""
    page_rungs: str = "light impersonated browser"
    """Means by which pages are fetched, the lightest first, blanks between."""
    page_agent: str = AGENT
    """What the lightest means says it is; robots.txt is asked for Pentad."""
    page_interval: float = Field(1.0, ge=0)
    """Seconds between two requests for pages of one host, by all workers together."""
    page_robots: bool = True
    """Whether robots.txt is asked and obeyed."""
    page_proxies: str = ""
    """Proxies for pages, http://[user:password@]host:port, commas between; each attempt takes the next one."""
    page_browsers: int = Field(3, ge=1, le=16)
    """Browsers that one worker runs at a time."""
    page_browser_pages: int = Field(50, ge=1)
    """Pages that one browser shows before it is replaced."""
    page_chromium: str = ""
    """Path of Chromium; without it the first one on PATH."""
    page_domain_score: float = Field(0.9, ge=0, le=1)
    """Score of a site that nothing is known of, 0..1."""
    gate_url: float = Field(0.7, ge=0, le=1)
    """Score from which an address is fetched: .6 of the site's score and .4 of what its form hints at."""
    gate_quality: float = Field(0.7, ge=0, le=1)
    """Quality from which a text goes on."""
    gate_words: int = Field(100, ge=0)
    """Words from which a text goes on."""
    gate_languages: str = "en zh es fr pt"
    """Languages in which a text goes on, blanks between."""
    gate_entity: float = Field(0.6, ge=0, le=1)
    """Confidence from which an entity of a page counts."""
    gate_claim: float = Field(0.7, ge=0, le=1)
    """Confidence from which a claim of a page is kept."""
    gate_claims: int = Field(3, ge=0)
    """Claims from which an event is tried."""
    gate_entities: int = Field(3, ge=0)
    """Entities from which an event is tried."""
    gate_enrichment: float = Field(0.9, ge=0, le=1)
    """Confidence of an event from which its entities are looked up elsewhere."""
    enrichment: bool = False
    """Whether entities of such events are looked up in Wikidata without being asked for: their names go out."""
    wikidata_url: str = "https://www.wikidata.org/w/api.php"
    """Address of the API of Wikidata, or of a Wikibase of your own."""
    wikidata_agent: str = "Pentad/0.1 (https://example.org/pentad; enrichment)"
    """What Wikidata is asked as; name yourself and a contact, as its policy asks for."""
    wikidata_budget: int = Field(500, ge=1)
    """Requests that one run of enrichment makes at most."""
    wikidata_interval: float = Field(1.0, ge=0)
    """Seconds between two requests to Wikidata."""
    llm: str = Field("", pattern=r"^(|openai|anthropic|ollama)$")
    """How a language model is spoken to: `openai` (and compatible), `anthropic`, `ollama`; without it there is none."""
    llm_url: str = ""
    """Address of its service, as far as before `/chat/completions`, `/v1/messages`, `/api/chat`; else the vendor's."""
    llm_model: str = ""
    """Name of the model, as its service has it."""
    llm_key: SecretStr = SecretStr("")
    """Key for that service; a service of one's own may need none."""
    llm_timeout: float = Field(60.0, gt=0, le=600)
    """Seconds that one question to the model may take."""
    llm_output: int = Field(2_000, ge=16)
    """Tokens that one answer of the model may have."""
    llm_budget: int = Field(1_000_000, ge=0)
    """Tokens a day (UTC), in and out, of all processes together; beyond them the model is not asked."""
    llm_price_in: float = Field(0.0, ge=0)
    """Price of a million tokens in, in your currency: what a day cost, and `ask_cost`, are reckoned by it."""
    llm_price_out: float = Field(0.0, ge=0)
    """Price of a million tokens out."""
    llm_extra: str = "{}"
    """A JSON object that goes into each request to the model as it is, such as `{"temperature": 0}`."""
    ask_compose: bool = True
    """Whether a language model that is set puts answers into sentences, each checked against its evidence."""
    ask_cypher: bool = False
    """Whether that model may look for events by queries of its own where nothing else found any."""
    ask_budget: int = Field(50_000, ge=0)
    """Tokens a day (UTC) that each key may spend on that."""
    ask_cost: float = Field(0.0, ge=0)
    """What that may cost a day (UTC) for each key, in the currency of the prices; 0: no bound but the tokens."""
    llm_pages: float = Field(1.0, ge=0, le=1)
    """Share of pages that the model reads, too, where one is set; 0: it reads none."""
    corenlp_url: str = ""
    """Address of a Stanford CoreNLP server of yours that names are asked of where no model reads a page."""
    confidence_base: float = Field(0.4, ge=0, le=1)
    """Share of the evidence itself in a confidence; this and the next four sum to 1."""
    confidence_source: float = Field(0.2, ge=0, le=1)
    """Share of the source's reliability."""
    confidence_contextual: float = Field(0.15, ge=0, le=1)
    """Share of how well it fits the page."""
    confidence_temporal: float = Field(0.15, ge=0, le=1)
    """Share of how well its time is known."""
    confidence_geographic: float = Field(0.1, ge=0, le=1)
    """Share of how well its place is known."""
    confidence_unknown_source: float = Field(0.5, ge=0, le=1)
    """Reliability of a source that nobody named."""
    forming_least: float = Field(0.6, ge=0, le=1)
    """Score of time and shared names from which claims and pages may be of one event."""
    forming_near: float = Field(2.0, ge=0)
    """Days within which an event that others told is looked for."""
    forming_window: float = Field(14.0, gt=0, le=60)
    """Days within which pages are grouped into events."""
    forming_same: float = Field(0.8, gt=0, le=1)
    """Overlap from which two pages tell of one event."""
    forming_candidate: float = Field(0.7, gt=0, le=1)
    """Overlap from which a person may be asked whether they do."""
    forming_confidence: float = Field(0.6, ge=0, le=1)
    """Confidence that an event of others has at least to be taken for that of a page."""
    embedder: str = "auto"
    """What makes vectors of profiles and texts: `ngrams` (built in, no model), your `module:factory`, nothing where it
    is empty; `auto` is `ngrams` where the extra `llm` is installed, else nothing."""
    entity_extraction_v1: float = Field(1.0, ge=0, le=1)
    """Share of contents that entities and claims are read in, by their hash; 0 turns it off."""
    confidence_calibration: float = Field(1.0, ge=0, le=1)
    """Share of contents whose confidence is the weighted sum; for the others it is the evidence alone."""
    deduplication_v1: float = Field(1.0, ge=0, le=1)
    """Share of contents whose names are made one, and of calls that compare entities."""
    relationship_analysis_5w: float = Field(
        1.0,
        ge=0,
        le=1,
        validation_alias=_names("relationship_analysis_5w", "PENTAD_5W_RELATIONSHIP_ANALYSIS"),
    )
    """Share of entities that related ones are told of."""

    @field_validator("neo4j_password")
    @classmethod
    def _own_password(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() == "neo4j":
            raise ValueError("is the one that every Neo4j comes with: set another")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (the library's signature)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, environment, TOML; no .env files."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=config_file())

    def embedded(self) -> EmbeddedOptions:
        """What the servers we start need to know."""
        return EmbeddedOptions(
            data_dir=self.data_dir,
            cache_dir=self.cache_dir,
            bolt_port=self.bolt_port,
            http_port=self.http_port,
            redis_port=self.redis_port,
            api_port=self.api_port,
            heap=self.heap,
            page_cache=self.page_cache,
            maven_mirror=self.maven_mirror,
            offline=self.offline,
            neo4j_uri=self.neo4j_uri,
            neo4j_user=self.neo4j_user,
            neo4j_password=self.neo4j_password.get_secret_value(),
            redis_url=self.redis_url.get_secret_value() if self.redis_url else None,
        )

    def cache(self) -> CacheOptions:
        """How answers are kept."""
        return CacheOptions(
            memory=self.cache_memory, life=self.cache_seconds, check=self.cache_check, redis=self.cache_redis
        )

    def database(self, uri: str, user: str, password: str) -> DatabaseOptions:
        """How to reach Neo4j."""
        return DatabaseOptions(uri=uri, user=user, password=password, database=self.neo4j_database)


def bare_environment(**more: str) -> dict[str, str]:
    """This process's environment without anything that sets Pentad, and with these variables: for processes that must
    not know of the user's servers."""
    setting = {name for field in Settings.model_fields for name in environment_names(field)} | {"PENTAD_CONFIG"}
    return {name: value for name, value in os.environ.items() if name.upper() not in setting} | more


def environment_names(name: str) -> list[str]:
    """The environment variables of a setting; the first that is set counts."""
    alias = Settings.model_fields[name].validation_alias
    if isinstance(alias, AliasChoices):
        return [str(choice) for choice in alias.choices if choice != name]
    return [f"PENTAD_{name.upper()}"]


def origins(**flags: Any) -> dict[str, str]:
    """Where each setting that `load(**flags)` answers comes from: a flag, a variable, the file, or its default."""
    there = {name.upper() for name in os.environ}
    in_file = TomlConfigSettingsSource(Settings, toml_file=config_file())()
    found: dict[str, str] = {}
    for name in Settings.model_fields:
        variable = next((one for one in environment_names(name) if one in there), None)
        if flags.get(name) is not None:
            found[name] = "flag"
        elif variable is not None:
            found[name] = variable
        else:
            found[name] = "file" if name in in_file else "default"
    return found


def load(**flags: Any) -> Settings:
    """Settings with these flags on top; flags that are None count as not given. Raises InvalidInput, one line."""
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(first["msg"], f"setting {name}") from error
    except (OSError, ValueError) as error:
        raise InvalidInput(f"cannot be read: {error}", str(config_file())) from error
