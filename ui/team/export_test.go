package team

// DrawCode is drawCode, for tests.
var DrawCode = drawCode
