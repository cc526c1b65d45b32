"""Other names of an exercise that its page tells in passing, told by what the model sees."""
