//! Export files of other services to ratings.
