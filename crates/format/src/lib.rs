//! The model file: bytes to a validated model, and back.
