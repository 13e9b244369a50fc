"""Reading in disposable processes, with limits on memory, time and expansion."""
