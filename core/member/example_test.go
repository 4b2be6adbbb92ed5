package member_test

import (
	"fmt"

	"cairn/core/fault"
	"cairn/core/member"
	"cairn/core/oplog"
)

// Ada founds a workspace and admits Bo, who may look but not write.
func Example() {
	founding, err := oplog.Seal(member.Found(foundingGenesis, 1, 100), adas.key)
	if err != nil {
		fmt.Println(err)
		return
	}
	workspace := member.WorkspaceOf(founding)
	table, _, err := member.Evaluate(workspace, []oplog.Batch{founding})
	if err != nil {
		fmt.Println(err)
		return
	}

	admission, err := oplog.Seal(table.Draft(founding.Log, []member.Act{
		member.AddPerson{Person: bo, Role: member.Viewer},
		member.AddDevice{Person: bo, Key: bos.public()},
	}, 101), adas.key)
	if err != nil {
		fmt.Println(err)
		return
	}
	table, _, err = member.Evaluate(workspace, []oplog.Batch{admission, founding})
	if err != nil {
		fmt.Println(err)
		return
	}

	fmt.Println("ada:", table.Role(ada), "bo:", table.Role(bo))
	err = table.MayWrite(oplog.Header{Workspace: workspace.Prefix(), Log: bos.data(1), Count: 1})
	fmt.Println(fault.Message(err), fault.Hint(err))
	// Output:
	// ada: admin bo: viewer
	// This person can view the workspace but not change it. Ask an administrator of the workspace.
}
