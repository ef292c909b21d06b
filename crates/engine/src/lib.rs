//! Ratings in, a ranked and explained list out.
