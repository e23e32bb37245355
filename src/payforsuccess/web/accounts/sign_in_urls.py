"""The addresses of signing in: those of django-allauth that we offer, and one's history."""

from __future__ import annotations

from allauth.account import views as account
from django.conf import settings
from django.urls import include, path

from payforsuccess.web.accounts.views.home import history

urlpatterns = [
    path("", account.login, name="account_login"),
    path("out/", account.logout, name="account_logout"),
    path("history/", history, name="account_history"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("with/", include("allauth.socialaccount.urls")),
    path("with/", include("allauth.socialaccount.providers.openid_connect.urls")),
]
if "saml" in settings.SOCIALACCOUNT_PROVIDERS:
    # Else anybody could post to it, and what they post is kept in a session before it is looked at.
    urlpatterns.append(path("with/", include("allauth.socialaccount.providers.saml.urls")))
