"""Ways of noticing that a therapy is not working, a file each; `evaluation` judges them all alike."""
