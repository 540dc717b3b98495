"""Each rule made slightly wrong in turn, to see whether a case notices."""
