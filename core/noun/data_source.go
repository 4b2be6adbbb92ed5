package noun

import "cairn/core/id"

// DataSource is where data for the model come from.
type DataSource struct {
	InProject
	Name         string `cairn:"2,multi,title"`
	About        string `cairn:"3,text"` // what it holds, and what each row is
	Location     string `cairn:"4"`      // system, table, folder or address; never a password
	Form         string `cairn:"5,oneof=table|files|stream|API|documents"`
	Refresh      string `cairn:"6,oneof=continuous|hourly|daily|weekly|monthly|once"`
	Owner        id.Doc `cairn:"7"` // the person who can answer for it
	PersonalData string `cairn:"8,oneof=yes|no|unsure"`
	Access       string `cairn:"9,multi,oneof=open|requested|granted|refused"`
}

// DataSources is the kind of data sources.
var DataSources = Define[DataSource](9, "data_source").In(Design)
