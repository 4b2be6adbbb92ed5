//go:build race

package app_test

// slowdown is about how much the race detector costs.
const slowdown = 8
