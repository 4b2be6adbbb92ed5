package app

import (
	"context"
	"encoding/base64"
	"fmt"

	"cairn/app/report"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/sentence"
)

// MakeReport writes a project down for people who don't open Cairn.
var MakeReport = Call[ReportRequest, Report]{"report/make", "Writes what a project has come to as one file that people can read without Cairn.", (*App).makeReport}

// ReportRequest asks for a report on a project.
type ReportRequest struct {
	Project  string          `json:"project"`            // ID, first digits of it, or name
	Format   report.Format   `json:"format,omitempty"`   // html, pdf or md; html when not given
	For      string          `json:"for,omitempty"`      // a role of the lifecycle; everybody when not given
	Language report.Language `json:"language,omitempty"` // en or ko; en when not given
}

// Report is a report as a file.
type Report struct {
	Project   id.Doc `json:"project"`
	Name      string `json:"name"` // for the file, without a folder
	MediaType string `json:"media_type"`
	Bytes     int    `json:"bytes"`
	Content   string `json:"content"` // in base64
}

// Decode returns the content of the file.
func (r Report) Decode() ([]byte, error) {
	content, err := base64.StdEncoding.DecodeString(r.Content)
	if err != nil {
		return nil, fmt.Errorf("decode the report %s: %w", r.Name, err)
	}
	return content, nil
}

func (a *App) makeReport(ctx context.Context, req ReportRequest) (Report, error) {
	audience, err := report.ParseAudience(req.For)
	if err != nil {
		return Report{}, err
	}
	project, err := a.findProject(req.Project)
	if err != nil {
		return Report{}, err
	}
	gathered, err := a.gatherReport(ctx, project)
	if err != nil {
		return Report{}, fmt.Errorf("gather the report on %s: %w", project, err)
	}
	file, err := report.Make(gathered, report.Options{Format: req.Format, Audience: audience, Language: req.Language})
	if err != nil {
		return Report{}, err
	}
	return Report{project, file.Name, file.MediaType, len(file.Bytes), base64.StdEncoding.EncodeToString(file.Bytes)}, nil
}

// problem returns why something can't be worked out, and what to do about it.
func problem(err error) sentence.Sentence {
	message, hint := fault.Told(err)
	return message.Then(hint)
}
