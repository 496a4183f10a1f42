"""调度会和月度重点任务清单 (S0-4, S0-5): what they need, what is still open from before, how a year stands."""
