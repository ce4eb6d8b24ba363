"""Questions in plain words, answered from the graph: dated, cited, and honest about what is not known.

A question is read (`reading.py`: what is asked, of whom, of when), candidates are retrieved by the product's own reads
(`retrieving.py`), weighed against the question's words (`weighing.py`), and told sentence by sentence, each with the
events and documents that say so. No language model takes part. Nothing is written.
"""
