package window

import (
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynetheme "fyne.io/fyne/v2/theme"

	"cairn/ui/shell"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// settings keeps choices in the preferences of this device.
type settings struct{ preferences fyne.Preferences }

// Get implements shell.Settings.
func (s settings) Get(key string) string { return s.preferences.String(key) }

// Put implements shell.Settings.
func (s settings) Put(key, value string) { s.preferences.SetString(key, value) }

// The least size that every page is made for, and the first one.
const (
	leastWidth, leastHeight = 1120, 720
	firstWidth, firstHeight = 1280, 820
)

func (s settings) size() fyne.Size {
	return fyne.NewSize(
		fyne.Max(leastWidth, float32(s.preferences.FloatWithFallback("width", firstWidth))),
		fyne.Max(leastHeight, float32(s.preferences.FloatWithFallback("height", firstHeight))))
}

func (s settings) keepSize(size fyne.Size) {
	s.preferences.SetFloat("width", float64(size.Width))
	s.preferences.SetFloat("height", float64(size.Height))
}

// applyTheme shows a variant; none that is known is the system's.
func (w *Window) applyTheme(mode theme.Mode) {
	if mode != theme.LightOne && mode != theme.DarkOne {
		mode = theme.System
	}
	w.app.Settings().SetTheme(theme.New(mode, w.app.Settings().ThemeVariant() == fynetheme.VariantDark))
}

// speakRemembered speaks the language that was chosen, else the system's.
func (w *Window) speakRemembered() {
	language := words.Language(w.settings.Get(shell.KeyLanguage))
	if language == "" && strings.HasPrefix(string(lang.SystemLocale()), "ko") {
		language = words.Korean
	}
	if language == "" {
		language = words.English
	}
	w.tell(language)
}

// tell makes our own words and Fyne's speak a language.
func (w *Window) tell(language words.Language) {
	if err := words.Speak(language); err != nil {
		w.session.opts.Log.Warn("a language could not be spoken", "cause", err.Error())
		return
	}
	texts, err := words.Texts(language)
	var raw []byte
	if err == nil {
		raw, err = json.Marshal(texts)
	}
	if err == nil && language != words.English {
		// Fyne has no setter: a translation of the system's own locale is the one it takes.
		err = lang.AddTranslationsForLocale(raw, lang.SystemLocale())
	}
	if err != nil {
		w.session.opts.Log.Warn("the toolkit's own words stay as they are", "cause", err.Error())
	}
}

// speak shows the window in a language from now on. Presenters stay, and with
// them all that is typed.
func (w *Window) speak(language words.Language) {
	w.tell(language)
	w.settings.Put(shell.KeyLanguage, string(language))
	switch {
	case w.doorstep != nil:
		w.doorstep.p.Refresh()
		w.showDoorstep(w.doorstep.p)
		return
	case w.shell == nil:
		w.greet()
		return
	}
	reviews, mates := w.reviews, w.mates
	w.crew.Go(func() { // what they hold is said in one language
		if reviews != nil {
			reviews.Load(w.ctx)
		}
		if mates != nil {
			mates.Load(w.ctx)
		}
	})
	w.mu.Lock()
	for _, p := range w.pages {
		p.Refresh()
	}
	w.mu.Unlock()
	w.shell.Refresh()
	w.beside.refresh()
	w.show()
}
