"""Splink on a table of people, set up as its own examples are. Run by `bench.beside`: first a CSV file, then `cluster`;
answered by seconds of CPU and the group of each record."""

import json
import logging
import sys
import time
from typing import Any

import pyarrow.csv as arrow
import splink
import splink.comparison_library as cl
from splink import block_on

BELIEVED = 0.95


def main() -> None:
    """Answers until stdin ends."""
    logging.disable(logging.CRITICAL)
    path = json.loads(sys.stdin.readline())[0]
    print(json.dumps("ready"), flush=True)
    for _ in sys.stdin:
        start = time.process_time()
        groups = _clustered(arrow.read_csv(path, convert_options=arrow.ConvertOptions(strings_can_be_null=True)))
        print(json.dumps([time.process_time() - start, groups]), flush=True)


def _clustered(table: Any) -> dict[str, str]:
    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[
            cl.JaroWinklerAtThresholds("full_name", [0.97, 0.92, 0.85]).configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("dob", [1, 2]),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("full_name"),
            block_on("dob"),
            block_on("postcode", "substr(full_name, 1, 3)"),
            block_on("substr(full_name, 1, 6)", "birth_place"),
        ],
    )
    linker = splink.Linker(splink.DuckDBAPI().register(table), settings)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("full_name", "dob")], recall=0.5)
    training.estimate_u_using_random_sampling(max_pairs=2e6)
    training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
    training.estimate_parameters_using_expectation_maximisation(block_on("full_name"))
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, BELIEVED)
    return {row["id"]: str(row["cluster_id"]) for row in found.as_record_list()}


if __name__ == "__main__":
    main()
