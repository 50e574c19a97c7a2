#!/bin/sh
# Fails where the text on the standard input has more than 150 words.
words=$(wc -w)
echo "$words words"
[ "$words" -le 150 ]
