"""The standing committee's packet: agenda, papers, decisions and what follows from them (A6.1f, A9.7a, A10.4)."""
