"""Request and response models, one file a subject."""
