//go:build !race

package app_test

// slowdown is about how much the race detector would cost.
const slowdown = 1
