// chapeau.hh: what introduces a lettered item: "67" does "67(h)", "3(a)" does "3(a)(i)".
#ifndef OPCIT_CHAPEAU_HH
#define OPCIT_CHAPEAU_HH

#include "str.h"

namespace opcit
{

// Records that may stand between an item and its chapeau.
constexpr int FARTHEST_CHAPEAU = 100;

// The label of an item's chapeau, borrowed from the item's; empty where that is no
// item's.
inline opcit_str chapeau_label(opcit_str label)
{
	while (label.len && label.ptr[label.len - 1] != '(')
		label.len--;
	return opcit_str_sub(label, 0, label.len < 2 ? 0 : label.len - 1);
}

} // namespace opcit
#endif
