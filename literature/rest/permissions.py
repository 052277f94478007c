"""Reading is open for what is visible; writing needs the model's permission."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class MayWrite(BasePermission):
    """A viewset says in `permissions` what each of its actions needs; nothing is readable to all.

    What a user may see is not decided here but by `visible_to`.
    """

    message = "Your role does not allow this."

    def has_permission(self, request: Request, view: Any) -> bool:
        needed = view.permission_for(view.action)
        if needed is None:
            return True
        return bool(request.user.is_authenticated and request.user.has_perm(needed))
