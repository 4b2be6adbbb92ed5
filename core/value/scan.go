package value

import (
	"strconv"
	"strings"
	"unicode"

	"cairn/core/sentence"
)

// tokenKind says what a token is.
type tokenKind uint8

const (
	tokenEnd tokenKind = iota
	tokenNumber
	tokenName
	tokenOperator // also parentheses and the comma
)

// token is the smallest part of a formula.
type token struct {
	kind   tokenKind
	text   string // of a name or an operator, in its ASCII form
	number float64
	span   span
}

// asciiOf gives signs that people paste the meaning of those they can type.
var asciiOf = strings.NewReplacer("×", "*", "·", "*", "÷", "/", "−", "-", "–", "-", "≤", "<=", "≥", ">=", "≠", "!=")

// scanner takes a formula apart.
type scanner struct {
	source source
	runes  []rune
	pos    int
}

// scan returns the tokens of a formula, the last of which is tokenEnd.
func scan(src source) ([]token, error) {
	s := scanner{source: src, runes: []rune(src.text)}
	if n := len(s.runes); n > MaxFormulaRunes {
		return nil, wrong(src.where, sentence.New("Give its parts names of their own, as steps."),
			"This formula has %s characters; %s is the most.", group(strconv.Itoa(n)), group(strconv.Itoa(MaxFormulaRunes)))
	}
	var tokens []token
	for {
		t, err := s.next()
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, t)
		if t.kind == tokenEnd {
			return tokens, nil
		}
	}
}

func (s *scanner) next() (token, error) {
	for s.pos < len(s.runes) && unicode.IsSpace(s.runes[s.pos]) {
		s.pos++
	}
	start := s.pos
	if start == len(s.runes) {
		return token{kind: tokenEnd, span: span{start, start}}, nil
	}
	r := s.runes[start]
	switch {
	case isDigit(r), r == '.' && isDigit(s.peek(1)):
		return s.number()
	case startsName(r):
		for s.pos < len(s.runes) && continuesName(s.runes[s.pos]) {
			s.pos++
		}
		return token{kind: tokenName, text: string(s.runes[start:s.pos]), span: span{start, s.pos}}, nil
	case r == '"' || r == '\'' || r == '“' || r == '”':
		return token{}, s.quoted()
	}
	return s.operator()
}

// peek returns the rune n after the present one, 0 beyond the end.
func (s *scanner) peek(n int) rune {
	if s.pos+n >= len(s.runes) {
		return 0
	}
	return s.runes[s.pos+n]
}

// operators are those of two characters first.
var operators = []string{"<=", ">=", "==", "!=", "&&", "||", "+", "-", "*", "/", "^", "(", ")", ",", "?", ":", "<", ">", "!"}

func (s *scanner) operator() (token, error) {
	start := s.pos
	here := asciiOf.Replace(string(s.runes[start]))
	taken := 1
	if len(here) == 1 && s.peek(1) != 0 {
		if two := here + string(s.peek(1)); two == "**" {
			return token{}, s.source.at(span{start, start + 2}, sentence.New("** is not used here."), sentence.New("Write ^ for a power."))
		}
	}
	for _, op := range operators {
		switch {
		case len(here) == 2 && here == op, len(op) == 1 && here == op:
		case len(op) == 2 && len(here) == 1 && here+string(s.peek(1)) == op:
			taken = 2
		default:
			continue
		}
		s.pos += taken
		return token{kind: tokenOperator, text: op, span: span{start, s.pos}}, nil
	}
	return token{}, s.strange(start)
}

// strange says what is wrong with a character that no formula has.
func (s *scanner) strange(at int) error {
	where := span{at, at + 1}
	switch r := s.runes[at]; {
	case r == '%':
		return s.source.at(where, sentence.New("A % belongs directly after a number."), sentence.New("Write 80 % for a share; to take a share of something, multiply: price * 80 %."))
	case r == '=':
		return s.source.at(where, sentence.New("A single = can't stand in a formula."), sentence.New("Write == to compare; a step gives a result a name."))
	case strings.ContainsRune("[]{}", r):
		return s.source.at(where, sentence.New("Only round parentheses group parts of a formula."), sentence.New("Write ( and )."))
	case strings.ContainsRune("$€£¥₩₹", r):
		return s.source.at(where, sentence.New("A currency can't stand in a formula."), sentence.New("Write the number alone, or make it a variable with the unit %s.", currencySigns[string(r)]))
	case unicode.IsPrint(r):
		return s.source.at(where, sentence.New("A formula can't use the character %s.", string(r)), sentence.New("A formula has names, numbers, + - * / ^, comparisons, parentheses, min, max and if."))
	default:
		return s.source.at(where, sentence.New("There is a character here that can't be seen."), sentence.New("Delete it and write the formula again."))
	}
}

// quoted is the problem with a text in quotation marks.
func (s *scanner) quoted() error {
	end := s.pos + 1
	for end < len(s.runes) && !strings.ContainsRune("\"'“”", s.runes[end]) {
		end++
	}
	return s.source.at(span{s.pos, min(end+1, len(s.runes))}, sentence.New("Text can't stand in a formula."), sentence.New("Names stand without quotation marks."))
}

// number reads a number and the percent sign after it.
func (s *scanner) number() (token, error) {
	start := s.pos
	s.digits()
	if s.peek(0) == '.' {
		s.pos++
		s.digits()
	}
	if e := s.peek(0); e == 'e' || e == 'E' {
		signed := s.peek(1) == '+' || s.peek(1) == '-'
		if isDigit(s.peek(1)) || (signed && isDigit(s.peek(2))) {
			s.pos += 2
			s.digits()
		}
	}
	where := span{start, s.pos}
	number, err := strconv.ParseFloat(strings.ReplaceAll(string(s.runes[start:s.pos]), "_", ""), 64)
	if err != nil {
		return token{}, s.source.at(where, sentence.New("This number is too large."), sentence.New("Write one that a computer can hold, below 10^308."))
	}
	if r := s.peek(0); startsName(r) || r == '.' {
		return token{}, s.source.at(span{start, s.pos + 1}, sentence.New("A number and %s stand side by side here.", string(r)), sentence.New("Put an operator such as * between a number and a name; a name can't start with a digit."))
	}
	after := s.pos
	for after < len(s.runes) && unicode.IsSpace(s.runes[after]) {
		after++
	}
	if after < len(s.runes) && s.runes[after] == '%' {
		s.pos = after + 1
		return token{kind: tokenNumber, number: number / 100, span: span{start, s.pos}}, nil
	}
	return token{kind: tokenNumber, number: number, span: where}, nil
}

func (s *scanner) digits() {
	for isDigit(s.peek(0)) || (s.peek(0) == '_' && isDigit(s.peek(1))) {
		s.pos++
	}
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func startsName(r rune) bool { return unicode.IsLetter(r) || r == '_' }

func continuesName(r rune) bool {
	return startsName(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// words that formulas keep for themselves.
var reserved = map[string]bool{"if": true, "min": true, "max": true, "and": true, "or": true, "not": true}

// isName reports whether text can name a variable or a step.
func isName(text string) bool {
	for i, r := range text {
		if !continuesName(r) || (i == 0 && !startsName(r)) {
			return false
		}
	}
	return text != "" && len([]rune(text)) <= maxNameRunes && !reserved[text]
}
