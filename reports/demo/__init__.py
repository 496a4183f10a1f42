"""The demo county 示范县, built by the product's own verbs, and a large synthetic one for measurements."""
