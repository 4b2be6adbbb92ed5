package teamtest

import (
	"fmt"
	"strings"
	"time"

	"cairn/ui/team"
)

// Names are those of twelve people, in English and in Korean.
var Names = map[string][]string{
	"en": {"Ada Lovelace", "Bo Lindqvist", "Chidi Okafor", "Dana Whitfield", "Eun-ji Park", "Farid Rahimi", "Grace Liu", "Henrik Sørensen", "Inés Valverde-Montalbán", "Jisoo Park", "Kofi Mensah", "Minji Kim"},
	"ko": {"김민지", "박지수", "이도윤", "최서연", "정하준", "강지우", "조은우", "윤서준", "장예은", "임도현", "한소희", "오세훈"},
}

// people returns the first so many of the team, without laptops. The first is the
// person whose window it is.
func people(language string, n int) []team.Member {
	roles := [][]string{{"data scientist"}, {"ML engineer"}, {"business stakeholder"}, {"data engineer", "ML engineer"}, {"subject matter expert"}, nil}
	rights := []team.Right{team.Admin, team.Contributor, team.Approver, team.Contributor, team.Viewer}
	out := make([]team.Member, n)
	for i := range out {
		out[i] = team.Member{ID: fmt.Sprintf("p%d", i+1), Name: Names[language][i], Roles: roles[i%len(roles)], Right: rights[i%len(rights)], You: i == 0}
	}
	return out
}

// LaptopOf returns what somebody's first laptop is called.
func LaptopOf(language string, name string) string {
	if language == "ko" {
		return name + "의 노트북"
	}
	first, _, _ := strings.Cut(name, " ")
	return first + "’s laptop"
}

// this is the laptop of the first person.
func this(language string) team.Laptop {
	return team.Laptop{Device: "l1", Name: LaptopOf(language, Names[language][0]), This: true, Added: Clock.AddDate(0, -2, 0)}
}

// other returns a laptop that is connected and has all that this one has.
func other(device, name string) team.Laptop {
	return team.Laptop{
		Device: device, Name: name, State: team.Connected, Known: true, Since: Clock.Add(-2 * time.Hour), LastSeen: Clock,
		Address: fmt.Sprintf("192.168.1.%d:5758", 14+len(device)+int(device[len(device)-1])%200),
	}
}

// Alone is a team of one.
func Alone(language string) *Team {
	t := &Team{Now: team.Now{Workspace: "Telco", Members: people(language, 1), Listening: []string{"192.168.1.14:5758"}, LAN: team.LAN{On: true}}}
	t.Members[0].Laptops = []team.Laptop{this(language)}
	return t
}

// Three is a team of three, everybody of which is up to date.
func Three(language string) *Team {
	t := Alone(language)
	t.Members = people(language, 3)
	t.Members[0].Laptops = []team.Laptop{this(language)}
	for i := range t.Members[1:] {
		m := &t.Members[i+1]
		m.Laptops = []team.Laptop{other(fmt.Sprintf("l%d", i+2), LaptopOf(language, m.Name))}
	}
	return t
}

// Receiving is the same while changes arrive.
func Receiving(language string) *Team {
	t := Three(language)
	bo := &t.Members[1].Laptops[0]
	bo.Behind, bo.BehindBytes = 1204, 310_000
	return t
}

// Offline is the same on a laptop without a network.
func Offline(language string) *Team {
	t := Three(language)
	t.Offline, t.Listening = true, nil
	for i := range t.Members[1:] {
		l := &t.Members[i+1].Laptops[0]
		l.State, l.LastSeen, l.Ahead = team.Away, Clock.Add(-time.Duration(3*i+1)*time.Hour), 12
	}
	return t
}

// Twelve is a large team, in which everything that there is has happened.
func Twelve(language string) *Team {
	t := &Team{Now: team.Now{
		Workspace: "Telco", Members: people(language, 12), Listening: []string{"192.168.1.14:5758", "[fd7a:115c:a1e0::14]:5758"},
		LAN: team.LAN{On: true}, Relay: team.Relay{URL: "relay.telco.example", State: team.RelayConnected}, Addresses: []string{"build.telco.example:5758"},
	}}
	n := 1
	for i := range t.Members {
		m := &t.Members[i]
		if i == 0 {
			m.Laptops = append(m.Laptops, this(language))
		}
		for len(m.Laptops) < 2+(i+1)%2+i%3%2 && n < 30 {
			n++
			name := LaptopOf(language, m.Name)
			if len(m.Laptops) > 0 {
				name = []string{"thinkpad-x1", "build-server", "macbook-air-13"}[n%3]
			}
			m.Laptops = append(m.Laptops, other(fmt.Sprintf("l%d", n), name))
		}
	}
	happen(language, t)
	t.Invites = []team.Invite{
		{ID: "i1", Right: team.Contributor, Expires: Clock.Add(23 * time.Hour), MadeBy: t.Members[0].Name},
		{ID: "i2", Right: team.Admin, Expires: Clock.Add(6 * 24 * time.Hour), MadeBy: t.Members[0].Name, For: t.Members[0].ID},
		{ID: "i3", Right: team.Viewer, Expires: Clock.Add(-time.Hour), MadeBy: t.Members[3].Name},
		{ID: "i4", Right: team.Viewer, Expires: Clock.Add(time.Hour), State: team.Used, UsedBy: t.Members[4].Name, Laptop: t.Members[4].Laptops[0].Name},
	}
	return t
}

// happen brings laptops of a large team into every state.
func happen(language string, t *Team) {
	laptop := func(member, n int) *team.Laptop { return &t.Members[member].Laptops[n] }
	say := func(en, ko string) string {
		if language == "ko" {
			return ko
		}
		return en
	}
	bo := laptop(1, 0)
	bo.Behind, bo.BehindBytes, bo.Ahead = 1204, 310_000, 3
	away := laptop(2, 0)
	away.State, away.LastSeen, away.Ahead, away.ClockAhead = team.Away, Clock.Add(-30*time.Hour), 87, 0
	tried := laptop(3, 0)
	tried.State, tried.LastSeen = team.Connecting, Clock.Add(-9*time.Minute)
	tried.Reason, tried.Hint = say("Nobody answers at its address.", "주소에서 응답이 없습니다."), say("Cairn keeps trying; it works at once when both are on and in the same network.", "계속 시도합니다. 두 노트북이 켜져 있고 같은 네트워크에 있으면 바로 연결됩니다.")
	unsure := laptop(4, 0)
	unsure.Known = false
	wrong := laptop(5, 0)
	wrong.ClockAhead = 3*time.Minute + 20*time.Second
	gone := laptop(6, 1)
	gone.State = team.Removed
	never := laptop(7, 0)
	never.State, never.LastSeen, never.Address = team.Away, time.Time{}, ""
	old := laptop(8, 0)
	old.State, old.LastSeen = team.Away, Clock.Add(-40*time.Hour)
	old.Reason, old.Hint = say("It runs an older version of Cairn.", "이전 버전의 Cairn을 쓰고 있습니다."), say("Update Cairn there.", "그 노트북에서 Cairn을 업데이트하세요.")
}
