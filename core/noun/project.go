package noun

// Project is one machine-learning product on its way through the lifecycle.
type Project struct {
	Name    string   `cairn:"2,multi,title"`
	Summary string   `cairn:"3,text"`
	Tags    []string `cairn:"4,set"`
}

// Projects is the kind of projects.
var Projects = Define[Project](3, "project")
